namespace CloudLb.Dns.Messages;

/// <summary>The types of records that the responder tells apart; every other one is as one that a name has none of.</summary>
internal enum RecordType : ushort
{
    A = 1,
    NS = 2,
    SOA = 6,
    HINFO = 13,
    AAAA = 28,
    OPT = 41,
    IXFR = 251,
    AXFR = 252,
    ANY = 255,
}
