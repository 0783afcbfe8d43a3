import { Alert, type CSSVariablesResolver, createTheme, Drawer, Loader, Menu, Modal } from '@mantine/core';

/** A dialog's header is no banner of the page. */
const attributes = { header: { role: 'presentation' } };

export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: { light: 9, dark: 7 },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  components: {
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes } }),
    // Its label is that of a role.
    Loader: Loader.extend({ defaultProps: { role: 'status' } }),
    // Only menu items may be inside of a menu.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { attributes }, styles: { title: { fontWeight: 700 } } }),
  },
});

/** Colours of the library that are below what WCAG AA asks for: 4.5 to 1 for text, 3 to 1 for outlines. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': colors.gray[7],
    '--mantine-color-placeholder': colors.gray[7],
    '--mantine-color-error': colors.red[9],
    '--mantine-color-orange-text': '#a63a0a',
    '--mantine-color-cyan-light-color': '#095c6b',
    '--mantine-color-red-light-color': '#9b1c1c',
    '--mantine-color-cyan-filled-hover': '#095c6b',
  },
  dark: {
    '--mantine-color-dimmed': colors.dark[1],
    '--mantine-color-placeholder': colors.dark[1],
    '--mantine-color-error': colors.red[4],
    '--mantine-color-cyan-filled': '#0b7c91',
    '--mantine-color-cyan-filled-hover': colors.cyan[9],
    '--mantine-color-red-filled': colors.red[9],
    '--mantine-color-red-filled-hover': colors.red[8],
  },
});
