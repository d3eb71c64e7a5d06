'use strict';

require('internal/modules/commonjs').connect();
