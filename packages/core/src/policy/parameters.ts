import { days, hours, minutes, seconds } from '../clock.ts'

/**
 * Every limit of the product in one place, with its source. Milliseconds unless the name says otherwise.
 * NIST = SP 800-63B-4, ASVS = 5.0.
 */
export const parameters = {
  /** Argon2id, OWASP Password Storage; verified by re-hashing under the stored parameters. */
  password: { memoryKib: 65_536, passes: 3, lanes: 1, minLength: 15, maxLength: 256, queue: 50 },
  /** Between password and session. NIST §3.2.2 bounds the tries. */
  attempt: { life: minutes(10), recoveryLife: minutes(15), openPerPerson: 5 },
  /** NIST §2.2.3, and §2.3.3 for Security Admins. */
  session: {
    idle: minutes(30),
    idleSecurityAdmin: minutes(15),
    life: hours(12),
    perPerson: 10,
    touch: minutes(1),
  },
  /** How fresh a second-factor check must be for sensitive acts. */
  stepUp: { life: minutes(5) },
  remind: { after: hours(48) },
  trust: { life: days(21) },
  /** Trusted networks of a company, and how wide a range may be. */
  networks: { perCompany: 50, widestV4: 16, widestV6: 32 },
  /** Days before an announced requirement on which those without a factor are reminded, and how far ahead it may be. */
  announcement: { remindAt: [30, 14, 7, 3, 1], furthest: days(366) },
  /** An enrolment under enforcement is overdue after this. */
  overdue: { after: days(14) },
  challenge: { life: minutes(10), tries: 5 },
  /** Guesses of a person's second factors over all doors; NIST §3.2.2 caps consecutive failures at 100. */
  guesses: { perWindow: 10, window: minutes(15), perDay: 20, day: hours(24), consecutive: 50 },
  /** Password tries: free ones, then 2^(n-5) s up to the cap. */
  passwordTries: { free: 5, cap: minutes(15), forget: hours(24) },
  /** Posts of the sign-in form from one address. */
  addressTries: { perWindow: 30, window: minutes(5), perHour: 100, hour: hours(1) },
  /** Codes by text and call; Twilio asks for at least 30 s between sends. */
  sends: {
    coolDowns: [seconds(30), seconds(60), seconds(120), seconds(300)],
    perTenMinutes: 5,
    perDay: 10,
    perDestinationDay: 10,
    perAddressHour: 20,
    callsPerDay: 3,
  },
  /** Phone numbers a person may have looked up; each costs money at the provider. */
  lookups: { perHour: 20 },
  /** Passcodes, resets and other mails somebody can ask for. */
  mails: { coolDown: seconds(60), perHour: 5, perDay: 10, perAddressHour: 10 },
  /**
   * A passcode that an administrator sends: its life is the company's setting. Not valid after a reset of the
   * password through the same mailbox (NIST §4.2.2.2 wants two channels), unless sent after that.
   */
  passcode: { characters: 10, tries: 5, perAdminHour: 20, tellOthersFrom: 5, resetHold: hours(24) },
  /** How long a request waits for the mail server before it says "not yet". */
  mailPatience: seconds(3),
  phoneChange: { perDay: 3 },
  callerCheck: { life: minutes(10), perHour: 20 },
  resetLink: { life: minutes(30) },
  emailChange: { life: hours(24) },
  invitation: { life: hours(72) },
  /** Directories: how long a replaced token still works, wrong tokens of one address, people added by one company. */
  scim: {
    overlap: hours(24),
    wrongPerWindow: 20,
    window: minutes(5),
    addsPerDay: 20_000,
    touch: minutes(1),
    pageSize: 100,
    longestPage: 200,
    filterLength: 1024,
    comparisons: 20,
  },
  notMeLink: { life: days(7) },
  /** 128-bit code, once (NIST §4.1.2.2). */
  pairing: { life: minutes(10), perHour: 5, perAddress: 30, addressWindow: minutes(5) },
  /** A wrong number ends a request at once, which is stricter than three tries. CISA, Number Matching (2022). */
  push: {
    life: minutes(2),
    perWindow: 5,
    window: minutes(15),
    perDay: 10,
    day: hours(24),
    denials: 3,
    mute: hours(1),
    /** The password door stays shut for strangers' browsers after "this wasn't me". */
    disownLock: minutes(15),
    /** Streams one device or waiting browser may hold open. */
    streams: 4,
  },
  recoveryCodes: { count: 10, characters: 16, warnAt: 3 },
  authenticators: { perPerson: 10 },
  /** From the portal to the application's host, through the browser's address bar. */
  ticket: { life: minutes(1) },
  /** How long a receiver may take, and when it is tried again: for a day, then the event is given up. */
  webhooks: {
    /** Half of the lane they are sent in, so that no company fills it. */
    perCompany: 5,
    patience: seconds(10),
    delays: [
      seconds(5),
      seconds(30),
      minutes(2),
      minutes(10),
      minutes(30),
      hours(1),
      hours(2),
      hours(4),
      hours(8),
      hours(8),
    ],
    giveUpAfter: hours(24),
    /** How long an address that did not answer is left alone; doubles with each time in a row. */
    rest: { first: seconds(5), longest: minutes(30) },
    /** Sends of one address at once, and how long one run may go on. */
    atOnce: 4,
    run: seconds(20),
    /** A send that was begun and never ended is begun anew after this. */
    lease: minutes(1),
    /** The secret before a rotation goes on signing for this long. */
    overlap: hours(24),
    keep: days(30),
  },
  /**
   * What applications hold. A code is exchanged at once; a token ends with the session, whatever its own life. An
   * interaction lasts as long as the longest way through a sign-in.
   */
  tokens: { code: minutes(1), access: hours(1), id: hours(1), interaction: hours(1) },
  /** Sign-ins that applications may begin from one address, which may be a whole office's. */
  interactions: { perAddress: 300, window: minutes(5) },
  /**
   * A new signing key is known before it signs, so that no server of ours uses one that another does not publish;
   * an old one is known until the last token of it is over.
   */
  signingKeys: { knownBefore: minutes(5), knownAfter: hours(2) },
  /** How long an application may take to hear of a logout. */
  logoutPatience: seconds(5),
  csvRows: 20_000,
  /** How long what is over is kept (ASVS 14.2.7); the audit is not pruned here. */
  retention: {
    challenges: hours(24),
    attempts: hours(24),
    sessions: days(30),
    throttles: days(30),
    sends: days(30),
    links: days(30),
    notices: days(90),
  },
} as const
