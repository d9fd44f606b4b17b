/** Key material that cannot be printed by accident: every way of turning it into text gives `[secret]`. */
export interface Secret {
  /** The bytes themselves; callers pass them to a primitive and keep no copy. */
  reveal(): Uint8Array
  toString(): '[secret]'
  toJSON(): '[secret]'
}

const masked = () => '[secret]' as const

/** Wraps key material. The bytes are copied, so that the caller can wipe its own. */
export function secret(bytes: Uint8Array): Secret {
  const own = Uint8Array.from(bytes)
  return Object.freeze({
    reveal: () => own,
    toString: masked,
    toJSON: masked,
    [Symbol.toPrimitive]: masked,
    [Symbol.for('nodejs.util.inspect.custom')]: masked,
  })
}
