namespace CloudLb.Dns.Messages;

/// <summary>A question as it came in.</summary>
/// <param name="Fault">What is answered whatever is asked; <see cref="ResponseCode.NoError"/> when it can be looked at.</param>
/// <param name="Length">
/// Of the head and the question together, which are repeated in the answer; only the head's where the question could not be read.
/// </param>
/// <param name="Type">What is asked for.</param>
/// <param name="IsInternet">Whether its class is IN.</param>
/// <param name="Name">In lower case and without the last point; a question mark for each byte that no host name has.</param>
/// <param name="Edns">The largest answer that the asker takes by UDP; null when it does not say (EDNS), and takes 512 bytes.</param>
internal readonly record struct Question(
    ResponseCode Fault, int Length, RecordType Type = 0, bool IsInternet = false, string Name = "", int? Edns = null)
{
    /// <summary>Of every message.</summary>
    public const int HeadLength = 12;
}
