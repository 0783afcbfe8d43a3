/** The bytes arrived, and a viewer cannot make anything of them. The message says why, as a sentence for the user. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
