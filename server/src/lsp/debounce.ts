import type { Runtime } from './session.ts'

/** A function that has `callback` called once it was not called itself for so many milliseconds. */
export function debounce(
  { after }: Pick<Runtime, 'after'>,
  milliseconds: number,
  callback: () => void,
): () => void {
  let callOff = () => {}
  return () => {
    callOff()
    callOff = after(milliseconds, callback)
  }
}
