import { useEffect, useRef, useState } from 'preact/hooks'
import { codeIn, pairDevice } from '../deeds.ts'
import type { Account } from '../device/vault.ts'
import { scan } from '../live/scan.ts'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { useDeed } from '../parts/use-deed.ts'
import { deviceName } from '../words.ts'

/** The camera, until it sees one of our codes. */
const Camera = ({ onCode, onFailed }: { onCode: (code: string) => void; onFailed: () => void }) => {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (!video.current) return
    const found = (text: string) => {
      const code = codeIn(text)
      if (code) onCode(code)
      return code !== null
    }
    const scanning = scan(video.current, found).catch(onFailed)
    return () => void scanning.then((end) => end?.())
  }, [onCode, onFailed])
  return <video ref={video} class="camera" playsInline muted aria-label="Camera picture" />
}

const FindCode = ({ onCode }: { onCode: (code: string) => void }) => {
  const [camera, setCamera] = useState<'off' | 'on' | 'failed'>('off')
  const [wrong, setWrong] = useState(false)
  const failed = useRef(() => setCamera('failed')).current
  const take = useRef(onCode).current
  return (
    <div class="stack">
      <div>
        <h1>Add an account</h1>
        <p class="lead">
          In your browser, open User Settings, choose Countersign Authenticator, and a code appears.
        </p>
      </div>
      {camera === 'on' ? (
        <Camera onCode={take} onFailed={failed} />
      ) : (
        <button type="button" class="button primary" onClick={() => setCamera('on')}>
          Scan the code
        </button>
      )}
      {camera === 'failed' && <Note tone="danger">The camera cannot be used. Paste the link instead.</Note>}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          const code = codeIn(String(new FormData(event.currentTarget).get('link')).trim())
          setWrong(code === null)
          if (code) onCode(code)
        }}
      >
        <label class="label" for="link">
          Pairing link
        </label>
        <input class="text" id="link" name="link" type="url" autoComplete="off" aria-invalid={wrong} />
        {wrong && <Note tone="danger">That is not a pairing link of this portal.</Note>}
        <button type="submit" class="button">
          Use the link
        </button>
      </form>
    </div>
  )
}

type Props = { code: string | null; onCode: (code: string) => void; onPaired: (account: Account) => void }

/** Pairing: a code from the camera, a link or the address bar, a name, and one press. */
export const PairView = ({ code, onCode, onPaired }: Props) => {
  const [name, setName] = useState(deviceName)
  const { busy, problem, run } = useDeed()
  if (code === null) return <FindCode onCode={onCode} />
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void run(async () => onPaired(await pairDevice(code, name.trim() || deviceName())))
      }}
    >
      <div>
        <h1>Pair this device</h1>
        <p class="lead">It makes a key that never leaves it, and then answers sign-ins of your account.</p>
      </div>
      <div>
        <label class="label" for="name">
          Name of this device
        </label>
        <input
          class="text"
          id="name"
          maxLength={80}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      {problem && <Note tone="danger">{problem}</Note>}
      <button type="submit" class="button primary">
        <Icon name="phone" />
        {busy ? 'Pairing' : 'Pair'}
      </button>
    </form>
  )
}
