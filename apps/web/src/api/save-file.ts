/** Hands a file to the browser's downloads. */
export const saveFile = (file: Blob, name: string) => {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Browsers read the address after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
