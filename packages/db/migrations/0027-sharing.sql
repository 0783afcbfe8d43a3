-- Folders, datasets and integrations are shared with groups too; folders have viewers and editors.

ALTER TABLE folder_members DROP CONSTRAINT folder_members_role_check;
UPDATE folder_members SET role = 'viewer' WHERE role = 'user';
ALTER TABLE folder_members ADD CONSTRAINT folder_members_role_check CHECK (role IN ('viewer', 'editor', 'admin'));

CREATE TABLE folder_groups (
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
  PRIMARY KEY (folder_id, group_id)
);
CREATE INDEX folder_groups_group ON folder_groups (group_id, folder_id);

CREATE TABLE dataset_groups (
  dataset_id uuid NOT NULL REFERENCES datasets ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  PRIMARY KEY (dataset_id, group_id)
);
CREATE INDEX dataset_groups_group ON dataset_groups (group_id, dataset_id);

CREATE TABLE integration_groups (
  integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
  group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('user', 'admin')),
  PRIMARY KEY (integration_id, group_id)
);
CREATE INDEX integration_groups_group ON integration_groups (group_id, integration_id);

-- Who has which role where: what decides about access reads these views and not the tables behind them. A user may
-- have several rows for one object; the highest role, which sorts first ('admin' before 'editor', 'user' and 'viewer'), counts.
CREATE VIEW folder_access AS
  SELECT folder_id, user_id, role FROM folder_members
  UNION ALL
  SELECT g.folder_id, m.user_id, g.role FROM folder_groups g JOIN group_members m ON m.group_id = g.group_id;

CREATE VIEW dataset_access AS
  SELECT dataset_id, user_id, role FROM dataset_members
  UNION ALL
  SELECT g.dataset_id, m.user_id, g.role FROM dataset_groups g JOIN group_members m ON m.group_id = g.group_id;

CREATE VIEW integration_access AS
  SELECT integration_id, user_id, role FROM integration_members
  UNION ALL
  SELECT g.integration_id, m.user_id, g.role FROM integration_groups g JOIN group_members m ON m.group_id = g.group_id;
