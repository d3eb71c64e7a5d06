package dev.nodule.core.url;

import java.util.ArrayList;

/**
 * The setters of the URL class (https://url.spec.whatwg.org/#api), in the order of the numbers the
 * JavaScript names them by.
 */
enum UrlSetter {
  PROTOCOL {
    @Override
    void apply(UrlRecord url, String value) {
      UrlParser.parseInto(url, value + ":", UrlParser.State.SCHEME_START);
    }
  },
  USERNAME {
    @Override
    void apply(UrlRecord url, String value) {
      if (!url.cannotHaveCredentialsOrPort()) {
        url.username = PercentEncoding.encode(value, PercentEncoding.USERINFO);
      }
    }
  },
  PASSWORD {
    @Override
    void apply(UrlRecord url, String value) {
      if (!url.cannotHaveCredentialsOrPort()) {
        url.password = PercentEncoding.encode(value, PercentEncoding.USERINFO);
      }
    }
  },
  HOST {
    @Override
    void apply(UrlRecord url, String value) {
      if (url.opaquePath == null) {
        UrlParser.parseInto(url, value, UrlParser.State.HOST);
      }
    }
  },
  HOSTNAME {
    @Override
    void apply(UrlRecord url, String value) {
      if (url.opaquePath == null) {
        UrlParser.parseInto(url, value, UrlParser.State.HOSTNAME);
      }
    }
  },
  PORT {
    @Override
    void apply(UrlRecord url, String value) {
      if (url.cannotHaveCredentialsOrPort()) {
        return;
      }
      if (value.isEmpty()) {
        url.port = -1;
      } else {
        UrlParser.parseInto(url, value, UrlParser.State.PORT);
      }
    }
  },
  PATHNAME {
    @Override
    void apply(UrlRecord url, String value) {
      if (url.opaquePath == null) {
        url.path = new ArrayList<>();
        UrlParser.parseInto(url, value, UrlParser.State.PATH_START);
      }
    }
  },
  SEARCH {
    @Override
    void apply(UrlRecord url, String value) {
      if (value.isEmpty()) {
        url.query = null;
        url.stripOpaquePath();
        return;
      }
      url.query = "";
      UrlParser.parseInto(
          url, value.startsWith("?") ? value.substring(1) : value, UrlParser.State.QUERY);
    }
  },
  HASH {
    @Override
    void apply(UrlRecord url, String value) {
      if (value.isEmpty()) {
        url.fragment = null;
        url.stripOpaquePath();
        return;
      }
      url.fragment = "";
      UrlParser.parseInto(
          url, value.startsWith("#") ? value.substring(1) : value, UrlParser.State.FRAGMENT);
    }
  };

  private static final UrlSetter[] BY_NUMBER = values();

  static UrlSetter of(int number) {
    return BY_NUMBER[number];
  }

  /** Changes the part of a URL; a value that does not fit changes nothing that can be seen. */
  abstract void apply(UrlRecord url, String value);
}
