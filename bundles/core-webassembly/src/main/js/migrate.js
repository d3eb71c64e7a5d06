'use strict';

require('internal/webassembly').becomeCurrent();
