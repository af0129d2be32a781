// Waits until the phone has answered, then asks for the page again; the server knows which one is next.
const { seen } = document.querySelector('main').dataset
const address = `${location.pathname}/changed?seen=${encodeURIComponent(seen)}`

for (;;) {
  const answer = await fetch(address).catch(() => undefined)
  if (answer?.ok) break
  await new Promise((resolve) => setTimeout(resolve, 1000))
}
location.reload()
