/** What was asked could not be done; said in one sentence, without a stack. */
export class Refusal extends Error {}
