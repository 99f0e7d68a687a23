/** Why what is unsubscribed in this moment is: told to those who watch a network. */
export const leaving = { page: false };
