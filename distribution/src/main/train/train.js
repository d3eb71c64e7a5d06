console.log('trained');
