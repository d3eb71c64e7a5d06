package dev.nodule.core.inspector;

/**
 * What arrives for a realm.
 *
 * @param kind connect, message or disconnect; of other realms what the JavaScript calls it
 * @param sender which session or realm it comes from
 */
record Message(String kind, String sender, String text) {}
