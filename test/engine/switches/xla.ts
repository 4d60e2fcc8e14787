// Imported first: the engine reads it when it is loaded.
process.env.SSL_XLA = '1';
