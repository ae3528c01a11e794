using CloudLb.Dns.Messages;

namespace CloudLb.Dns.Answering;

/// <summary>What is sent back.</summary>
/// <param name="Code">What came of the question.</param>
/// <param name="Message">The whole message.</param>
internal readonly record struct Answer(ResponseCode Code, byte[] Message);
