import { Code, Text } from '@mantine/core';
import { Section } from './section.js';

const script = (domain: string) => `from encord import EncordUserClient

user_client = EncordUserClient.create_with_ssh_private_key(
    ssh_private_key_path="<private_key_path>",
    domain="${domain}",
)
for integration in user_client.get_cloud_integrations():
    print(integration.id, integration.title)`;

export function PythonClientSection() {
  return (
    <Section
      title="Use the Python client"
      description="The official client works unchanged: give it your private key and the address of this server."
    >
      <Code block tabIndex={0} role="region" aria-label="Python script">
        {script(window.location.origin)}
      </Code>
      <Text size="sm" mt="xs">
        The command line reads the same from <Code>LATCHKEY_URL</Code> and <Code>LATCHKEY_SSH_KEY_FILE</Code>.
      </Text>
    </Section>
  );
}
