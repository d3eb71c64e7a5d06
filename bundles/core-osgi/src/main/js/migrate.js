'use strict';

require('internal/osgi').becomeCurrent();
