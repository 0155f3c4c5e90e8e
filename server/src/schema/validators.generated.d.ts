/** What scripts/compile-schemas.mjs generates from schemas/*.schema.json: Ajv standalone code. */

export interface SchemaError {
  /** JSON Pointer of the value that is wrong. */
  instancePath: string
  /** JSON Pointer, as a URI fragment, of the keyword it breaks: `#/$defs/volume/properties/name/type`. */
  schemaPath: string
  keyword: string
  params: Record<string, unknown>
}

interface Validator {
  (value: unknown): boolean
  /** Of the last call; null when the value was valid. */
  errors: SchemaError[] | null
}

export declare const issuer: Validator
export declare const rule: Validator
export declare const workload: Validator
export declare const iamPolicy: Validator
export declare const config: Validator
