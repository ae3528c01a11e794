namespace CloudLb.Dns.Serving;

/// <summary>What becomes of a datagram by where it is said to come from.</summary>
internal enum SourceLimit
{
    Answered,

    /// <summary>Told to come by TCP, which shows that it is who it says.</summary>
    HeldOff,

    Dropped,
}
