import type fc from 'fast-check'

/**
 * Something that must hold of every input. The input is plain JSON and complete in itself, so that one that fails can
 * be kept as a fixture and tried again without the corpus it came from.
 */
export interface Property<Input = unknown> {
  name: string
  inputs: fc.Arbitrary<Input>
  /** Throws, or rejects, when the property does not hold of `input`. */
  check(input: Input): void | Promise<void>
}

/** Gives a property its type where it is written, and takes it away where all of them are in one list. */
export function property<Input>(value: Property<Input>): Property {
  return value as unknown as Property
}

export function fail(what: string): never {
  throw new Error(what)
}
