type Detector = { detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]> }
declare const BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined

/** Reads one frame: by the browser where it can, else by a decoder that is only loaded here. */
const reader = async (): Promise<(video: HTMLVideoElement) => Promise<string | null>> => {
  if (typeof BarcodeDetector !== 'undefined') {
    const detector = new BarcodeDetector({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
  }
  const { default: jsqr } = await import('jsqr')
  const canvas = document.createElement('canvas')
  return async (video) => {
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context || canvas.width === 0) return null
    context.drawImage(video, 0, 0)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return jsqr(data, width, height)?.data ?? null
  }
}

/**
 * Shows the camera in `video` until `found` takes what a QR code says. @returns what ends it
 * @throws when there is no camera, or the person refused it
 */
export const scan = async (video: HTMLVideoElement, found: (text: string) => boolean) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  const read = await reader()
  let over = false
  const end = () => {
    over = true
    for (const track of stream.getTracks()) track.stop()
  }
  video.srcObject = stream
  await video.play()
  const look = async () => {
    if (over) return
    const text = await read(video).catch(() => null)
    if (text !== null && found(text)) return end()
    setTimeout(look, 200)
  }
  void look()
  return end
}
