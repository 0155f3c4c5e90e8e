/** What JSON and YAML are held together by, to be thrown into texts. */
export const PUNCTUATION = [
  ...['{', '}', '[', ']', ':', ',', '"', "'", '\n', '\r\n'],
  ...[' ', '  ', '\t', '- ', '? ', ': ', '#', '---\n'],
]
