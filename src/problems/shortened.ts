/** Enough of somebody's text to find it by: what is told of a mistake is a line. @param most characters */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;
