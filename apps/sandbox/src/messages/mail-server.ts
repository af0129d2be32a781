import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Events } from '../control/events.ts'
import type { Faults } from '../control/faults.ts'
import { findCode } from './find-code.ts'
import type { Messages } from './messages.ts'

const megabyte = 1024 * 1024

type Parts = { messages: Messages; faults: Faults; events: Events }

/**
 * A mail server that takes everything and delivers to the sandbox's mailbox, once for each recipient. A mail that
 * comes again under its Message-ID (RFC 5322 §3.6.4) is taken and counted, but shown once, as mailboxes do: a
 * sender that was cut off before it heard "taken" has to send it again (RFC 5321 §4.5.4.1).
 */
export function createMailServer({ messages, faults, events }: Parts) {
  const server = new SMTPServer({
    name: 'sandbox.countersign.test',
    banner: 'Countersign sandbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: 10 * megabyte,
    closeTimeout: 50,
    logger: false,
    onConnect: (_session, callback) => void troubled().then(callback),
    onMailFrom: (_address, _session, callback) => void troubled().then(callback),
    onData: (stream, session, callback) => {
      PostalMime.parse(streamOf(stream))
        .then((mail) => deliver(mail, session))
        .then(
          () => callback(null, 'Delivered to the sandbox'),
          (error: Error) => callback(error),
        )
    },
  })

  /** The answer to give before each mail: nothing, or RFC 5321 §4.2.1's "try again later". */
  async function troubled(): Promise<Error | null> {
    if (faults.modeOf('mail') === 'slow') await faults.wait('mail')
    if (faults.modeOf('mail') !== 'error') return null
    return Object.assign(new Error('Requested action aborted: error in processing'), { responseCode: 451 })
  }

  function deliver(mail: Awaited<ReturnType<typeof PostalMime.parse>>, session: SMTPServerSession) {
    const { mailFrom, rcptTo } = session.envelope
    const text = mail.text?.trimEnd() ?? null
    for (const { address } of rcptTo) {
      if (mail.messageId && messages.repeat(address, mail.messageId)) continue
      messages.deliver({
        ...(mail.messageId && { messageId: mail.messageId, arrivals: 1 }),
        channel: 'email',
        to: address,
        from: mail.from?.address ?? (mailFrom ? mailFrom.address : ''),
        subject: mail.subject ?? null,
        text,
        html: mail.html ?? null,
        code: findCode(text),
      })
    }
  }

  const dropAll = () => {
    for (const connection of server.connections) connection.close()
  }
  const unsubscribe = events.on((topic) => {
    if (topic === 'faults' && faults.modeOf('mail') === 'down') dropAll()
  })
  server.server.prependListener('connection', (socket) => {
    if (faults.modeOf('mail') === 'down') socket.destroy()
  })
  // A client that goes away in the middle of a mail is its own affair.
  server.on('error', () => undefined)

  return {
    server: server.server,
    close: () =>
      new Promise<void>((resolve) => {
        unsubscribe()
        server.close(resolve)
        dropAll()
      }),
  }
}

function streamOf(readable: NodeJS.ReadableStream): ReadableStream {
  return ReadableStream.from(readable)
}
