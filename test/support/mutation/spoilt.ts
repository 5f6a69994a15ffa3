/** Under this name a thread finds where it says that a test in it was given up, and may be running on. */
export const spoiltName = 'rootctl.spoilt';
