/** A line that a CSV row was written as which cannot be read as a unit: what is wrong with the row. */
export const rowProblemKey = '$rowProblem';
