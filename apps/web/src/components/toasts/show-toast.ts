import type { NotificationData } from '@mantine/notifications';
import { needToasts } from './toasts-needed.js';

/** Shows it in the corner; answers how to take it away. */
export async function showToast(toast: NotificationData): Promise<() => void> {
  needToasts();
  const { addToast } = await import('./toasts.js');
  return addToast(toast);
}

/** Where no dialog is open that could say it. */
export function showFailure(title: string, error: unknown): void {
  const message = error instanceof Error ? error.message : 'Something went wrong in the page.';
  void showToast({ color: 'red', title, message });
}
