import '@mantine/notifications/styles.css';
import { type NotificationData, Notifications, notifications } from '@mantine/notifications';

const closeButtonProps = { 'aria-label': 'Close' };

export const Toasts = () => <Notifications position="bottom-right" />;

/** Answers how to take it away. */
export function addToast(toast: NotificationData): () => void {
  const id = notifications.show({ closeButtonProps, ...toast });
  return () => notifications.hide(id);
}
