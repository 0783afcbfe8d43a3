import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { SignerProblem } from '../lib/signer/signer-problem.js';
import { signerProblemText } from '../lib/signer/signer-problem-text.js';

/** Why there is no fresh URL, and what to do about it. */
export function SignerNotice({ problem }: { readonly problem: SignerProblem }) {
  const text = signerProblemText(problem);
  return (
    <Alert
      color="red"
      role="alert"
      title={text.title}
      icon={<IconAlertTriangle aria-hidden />}
      data-signer-problem={problem.kind}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text.what}
      </Text>
      <Text size="sm" mt={4}>
        {text.whatToDo}
      </Text>
    </Alert>
  );
}
