import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'

/** What people ask, and what is so; every number is one the portal keeps to. */
export const answers: readonly { question: string; answer: ReactNode }[] = [
  {
    question: 'Why two-factor authentication?',
    answer: (
      <p>
        Passwords leak, and people reuse them. A second factor means that a stolen password alone opens
        nothing: whoever has it would also need your phone, your computer or your key.
      </p>
    ),
  },
  {
    question: 'Which second factor should I choose?',
    answer: (
      <>
        <p>
          A passkey or security key if you can: it works on the real site only, so nobody can trick you out of
          it. The Countersign Authenticator or any authenticator app comes next. Text messages and calls are
          the weakest, since they can be intercepted, and still far better than a password alone.
        </p>
        <p>Add two. Then losing one is a nuisance and not a lockout.</p>
      </>
    ),
  },
  {
    question: 'I lost my phone. How do I get in?',
    answer: (
      <>
        <p>
          Sign in with your password, then choose “Try another way” for another factor or a recovery code, or
          “I don’t have access to my phone” for everything else.
        </p>
        <p>
          A Security Admin of your company can mail you a one-time passcode. Once in, remove the lost phone in{' '}
          <Link to={paths.settings}>User Settings</Link>.
        </p>
      </>
    ),
  },
  {
    question: 'I have a new phone with the same number.',
    answer: (
      <p>
        Texts and calls go on as before. An authenticator app or the Countersign Authenticator is added again
        in <Link to={paths.settings}>User Settings</Link>: “Add a factor”. Then remove the old one.
      </p>
    ),
  },
  {
    question: 'The code does not arrive.',
    answer: (
      <p>
        Wait for the cool-down, then press “SMS” or “Phone Call”: we send the same code again, so either copy
        works. A desk phone is reached by call. A code from an app needs a clock that is right: let the phone
        set its time by itself.
      </p>
    ),
  },
  {
    question: 'What are recovery codes?',
    answer: (
      <p>
        Ten codes you saved when you set up your first factor. Each lets you in once in place of your second
        factor. Make new ones in <Link to={paths.settings}>User Settings</Link> when few are left; the old
        ones stop working then.
      </p>
    ),
  },
  {
    question: 'I forgot my password.',
    answer: (
      <p>
        <Link to={paths.forgotten}>Ask for a link</Link>. It works once, for 30 minutes. Your second factor is
        still asked for afterwards.
      </p>
    ),
  },
  {
    question: 'I got a mail about a change I did not make.',
    answer: (
      <p>
        Open “This wasn’t me” in that mail and confirm. Your account is signed out everywhere and you choose a
        new password. The link works for seven days.
      </p>
    ),
  },
  {
    question: 'What does the portal keep about me?',
    answer: (
      <>
        <p>
          Your name, e-mail address and phone number; your password and recovery codes only as hashes that
          cannot be read back; the keys of your factors, encrypted. Nothing is shared with advertisers, and no
          page loads anything from elsewhere.
        </p>
        <p>
          Each sign-in and each change to your account is recorded with time, browser and network address. You
          see your own under “Recent security activity”; Security Admins of your company see those of the
          company. The record cannot be altered, so that it can be relied on.
        </p>
        <p>
          A session ends after 12 hours, or 30 minutes without use (15 for Security Admins). The code for a
          text or call goes through a telephone service, which learns your number and nothing else of you.
        </p>
      </>
    ),
  },
]
