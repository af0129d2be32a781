export * from './problem.ts'
export * from './prompt.ts'
export * from './session.ts'
export * from './sign-in.ts'
