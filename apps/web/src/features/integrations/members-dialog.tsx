import type { Integration } from '@latchkey/contract/schemas/integration';
import { SharingDialog } from '../../components/sharing/sharing-dialog.js';
import { integrationSharing } from './integration-sharing.js';

/** Who may use an integration, and who may change it. */
export function MembersDialog({
  integration: { integrationUuid, title },
  onClose,
}: {
  readonly integration: Integration;
  readonly onClose: () => void;
}) {
  return (
    <SharingDialog
      title={`Members of ${title}`}
      sharing={integrationSharing(integrationUuid)}
      onClose={onClose}
    >
      Users import through the integration and open its data; administrators also change it. Whoever may see a
      folder opens its items without being a member.
    </SharingDialog>
  );
}
