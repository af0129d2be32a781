/** `g••••@northwind.test`: enough to recognise, too little to write to. */
export const maskAddress = (email: string): string => {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, Math.min(1, at))}••••${email.slice(at)}`
}
