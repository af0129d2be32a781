import { createTransport } from 'nodemailer'

export type OutgoingMail = { id: string; to: string; subject: string; text: string; html: string }

/** A mail server. `send` resolves once the server took the mail, and throws otherwise. */
export type Mailer = { send: (mail: OutgoingMail) => Promise<void>; close: () => void }

/** SMTP through nodemailer; a pool keeps the connection, short time-outs leave retries to the queue. */
export const createSmtpMailer = (settings: { url: string; from: string; host: string }): Mailer => {
  const transport = createTransport({
    url: settings.url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (mail) => {
      await transport.sendMail({
        from: settings.from,
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@${settings.host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
