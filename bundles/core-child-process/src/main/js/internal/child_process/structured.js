'use strict';

// Messages between processes with serialization: 'advanced': V8's format, and Node's own tag before each host object, so that children
// may be Node.js.

const VIEW = 0;
const OTHER = 1;

/** What writes and reads them, by the serializers of module v8, which a process may lack. */
function createFormat({ DefaultDeserializer, DefaultSerializer }) {
  class MessageSerializer extends DefaultSerializer {
    _writeHostObject(object) {
      if (ArrayBuffer.isView(object)) {
        this.writeUint32(VIEW);
        super._writeHostObject(object);
      } else {
        this.writeUint32(OTHER);
        this.writeValue({ ...object });
      }
    }
  }

  class MessageDeserializer extends DefaultDeserializer {
    _readHostObject() {
      return this.readUint32() === VIEW ? super._readHostObject() : this.readValue();
    }
  }

  function serialize(value) {
    const serializer = new MessageSerializer();
    serializer.writeHeader();
    serializer.writeValue(value);
    return serializer.releaseBuffer();
  }

  function deserialize(buffer) {
    const deserializer = new MessageDeserializer(buffer);
    deserializer.readHeader();
    return deserializer.readValue();
  }

  return { serialize, deserialize };
}

module.exports = { createFormat };
