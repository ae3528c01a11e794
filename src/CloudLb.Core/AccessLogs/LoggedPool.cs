using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.AccessLogs;

/// <summary>A pool whose checks are logged.</summary>
/// <param name="Pool">Its name in the plan.</param>
/// <param name="Name">As the log names it.</param>
/// <param name="Type">What its members are asked in, in AWS's word: <c>http</c>, <c>https</c>, <c>h2</c>, <c>grpc</c>.</param>
/// <param name="Interval">How often each member is checked.</param>
/// <param name="Members">Where they are now.</param>
public sealed record LoggedPool(
    string Pool, string Name, string Type, TimeSpan Interval, IReadOnlyDictionary<MemberId, IPEndPoint> Members);
