-- Signed URLs live for days, so every item is renewed again and again, whole folders at a time. Where a page has room for
-- its items a second time, a renewal writes no index (a heap-only update): half of what it cost, and tables and indexes
-- stay as they are, where they grew by a half with the first renewal. No index may have a column that renewals change.
ALTER TABLE items SET (fillfactor = 50);
