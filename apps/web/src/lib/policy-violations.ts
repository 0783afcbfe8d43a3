/** Origins that the page's Content-Security-Policy has refused since the page was loaded. */
const blockedOrigins = new Set<string>();

document.addEventListener('securitypolicyviolation', (event) => {
  const origin = URL.parse(event.blockedURI)?.origin;
  if (origin) blockedOrigins.add(origin);
});

export const isBlockedByPolicy = (origin: string): boolean => blockedOrigins.has(origin);
