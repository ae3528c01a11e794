namespace CloudLb.Dns.Messages;

/// <summary>What came of a question, by DNS's own names and numbers.</summary>
internal enum ResponseCode : ushort
{
    NoError = 0,
    FormErr = 1,
    NXDomain = 3,
    NotImp = 4,
    Refused = 5,

    /// <summary>An extended one: its upper bits stand in the OPT record, so it is told to askers that sent one.</summary>
    BadVers = 16,
}
