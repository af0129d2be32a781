/** What a text message and a call say. Twilio puts the service's friendly name first. */
const friendlyName = 'Countersign'

export const textMessage = (code: string) => `Your ${friendlyName} verification code is: ${code}`

export function spokenMessage(code: string): string {
  const slowly = [...code].join(', ')
  return `Hello. Your ${friendlyName} verification code is: ${slowly}. Once again, your code is: ${slowly}. Goodbye.`
}
