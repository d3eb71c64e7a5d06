'use strict';

// Runs before this module goes without another in its place: sockets stay open, but nothing is read and nothing accepted.

binding.suspend(true);
