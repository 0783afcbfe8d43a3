import { createBrowserRouter, type LoaderFunctionArgs, redirect, redirectDocument } from 'react-router';
import { pageLacksDataHosts } from '../lib/session.js';
import { FoldersRoute } from './folders-route.js';
import { NotFoundPage } from './not-found-page.js';
import { RequireSession } from './require-session.js';
import { RouteError } from './route-error.js';
import { Shell } from './shell.js';

/** Loads the document anew when its Content-Security-Policy is too old to show the item's data. */
async function itemLoader({ request }: LoaderFunctionArgs) {
  if (await pageLacksDataHosts()) throw redirectDocument(request.url);
  return null;
}

const showsTiles = (url: URL) => url.searchParams.get('view') === 'tiles';

/** Tiles load from the data hosts; a table does not. */
const foldersLoader = (args: LoaderFunctionArgs) =>
  showsTiles(new URL(args.request.url)) ? itemLoader(args) : null;

const hasTilesAnew = ({ currentUrl, nextUrl }: { currentUrl: URL; nextUrl: URL }) =>
  currentUrl.pathname !== nextUrl.pathname || showsTiles(currentUrl) !== showsTiles(nextUrl);

export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      {
        path: 'setup',
        lazy: async () => ({ Component: (await import('../features/session/set-up-page.js')).SetUpPage }),
      },
      {
        path: 'sign-in',
        lazy: async () => ({ Component: (await import('../features/session/sign-in-page.js')).SignInPage }),
      },
      {
        path: 'sign-in/callback',
        lazy: async () => ({
          Component: (await import('../features/session/callback-page.js')).CallbackPage,
        }),
      },
      {
        path: 'link',
        lazy: async () => ({ Component: (await import('../features/session/link-page.js')).LinkPage }),
      },
      {
        Component: RequireSession,
        children: [
          {
            Component: Shell,
            children: [
              {
                ErrorBoundary: RouteError,
                children: [
                  { index: true, loader: () => redirect('/folders') },
                  { path: 'folders', Component: FoldersRoute },
                  {
                    path: 'folders/:folderUuid',
                    loader: foldersLoader,
                    shouldRevalidate: hasTilesAnew,
                    Component: FoldersRoute,
                  },
                  {
                    path: 'folders/:folderUuid/imports/:jobUuid',
                    lazy: async () => ({
                      Component: (await import('../features/upload/job-page.js')).JobPage,
                    }),
                  },
                  {
                    path: 'items/:itemUuid',
                    loader: itemLoader,
                    lazy: async () => ({
                      Component: (await import('../features/items/item-page.js')).ItemPage,
                    }),
                  },
                  {
                    path: 'integrations',
                    lazy: async () => ({
                      Component: (await import('../features/integrations/integrations-page.js'))
                        .IntegrationsPage,
                    }),
                  },
                  {
                    path: 'datasets/:datasetUuid?',
                    lazy: async () => ({
                      Component: (await import('../features/datasets/datasets-route.js')).DatasetsRoute,
                    }),
                  },
                  {
                    path: 'access',
                    loader: itemLoader,
                    lazy: async () => ({
                      Component: (await import('../features/access/access-page.js')).AccessPage,
                    }),
                  },
                  {
                    path: 'profile',
                    lazy: async () => ({
                      Component: (await import('../features/profile/profile-page.js')).ProfilePage,
                    }),
                  },
                  {
                    path: 'users',
                    lazy: async () => ({
                      Component: (await import('../features/users/users-page.js')).UsersPage,
                    }),
                  },
                  {
                    path: 'groups',
                    lazy: async () => ({
                      Component: (await import('../features/groups/groups-page.js')).GroupsPage,
                    }),
                  },
                  {
                    path: 'audit-log',
                    lazy: async () => ({
                      Component: (await import('../features/audit/audit-page.js')).AuditPage,
                    }),
                  },
                  {
                    path: 'metadata-schema',
                    lazy: async () => ({
                      Component: (await import('../features/metadata-schema/metadata-schema-page.js'))
                        .MetadataSchemaPage,
                    }),
                  },
                  {
                    path: 'webhooks',
                    lazy: async () => ({
                      Component: (await import('../features/webhooks/webhooks-page.js')).WebhooksPage,
                    }),
                  },
                  {
                    path: 'webhooks/:webhookUuid',
                    lazy: async () => ({
                      Component: (await import('../features/webhooks/deliveries-page.js')).DeliveriesPage,
                    }),
                  },
                  { path: '*', Component: NotFoundPage },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
]);
