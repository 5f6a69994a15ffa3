/** `config show`. */
export const config = {
  heading: '## Settings',
  titles: { setting: 'SETTING', value: 'VALUE', from: 'FROM' },
  preset: 'default',
};
