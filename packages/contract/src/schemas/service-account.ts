import { Type } from 'typebox';

export const CreateServiceAccount = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description: 'What it is for.' }) },
  { additionalProperties: false },
);
