'use strict'; module.exports={performance:{now(){return Date.now()}}};
