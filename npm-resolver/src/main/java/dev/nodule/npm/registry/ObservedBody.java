package dev.nodule.npm.registry;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer, and a call whenever some of it came. */
record ObservedBody(BodySubscriber<byte[]> body, Runnable came) implements BodySubscriber<byte[]> {
  @Override
  public CompletionStage<byte[]> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    came.run();
    body.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    came.run();
    body.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    body.onError(failure);
  }

  @Override
  public void onComplete() {
    body.onComplete();
  }
}
