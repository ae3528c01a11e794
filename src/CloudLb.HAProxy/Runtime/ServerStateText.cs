using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Runtime;

/// <summary>The text of <c>show servers state</c> and of the state file, which is the same: version 1, from 2.6 to 3.4.</summary>
internal static class ServerStateText
{
    public const string Ask = "show servers state";

    private const string Header = """
        1
        # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port

        """;

    private const int BackendColumn = 1, ServerColumn = 3, AddressColumn = 4, OperationalColumn = 5, AdministrativeColumn = 6,
    WeightColumn = 7, LastChangeColumn = 9;
    private const int CheckStatusColumn = 10, CheckResultColumn = 11, CheckHealthColumn = 12, CheckStateColumn = 13, PortColumn = 18,
        SecureColumn = 20, CheckPortColumn = 21, CheckAddressColumn = 22;

    // Forced, by inheritance from a tracked server, and by the file.
    private const int MaintenanceBits = 0x01 | 0x02 | 0x04;
    private const int DrainBits = 0x08 | 0x10;
    private const int CheckEnabledBit = 0x04;
    private const int NotChecked = 1, Begun = 2, ConnectionPassed = 6, HandshakePassed = 9, AnswerPassed = 15;
    private const int FailedCheck = 2, PassedCheck = 3;

    /// <summary>Every line that can be read. What cannot is left out: it is not of our making.</summary>
    public static IEnumerable<ServerState> Read(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var columns = line.Split(' ');
            if (columns.Length > CheckAddressColumn && columns[0] != "#" && IPAddress.TryParse(columns[AddressColumn], out var address))
            {
                var result = Number(columns[CheckResultColumn]);
                yield return new ServerState
                {
                    Name = new MemberName(columns[BackendColumn], columns[ServerColumn]),
                    Address = address,
                    Port = Number(columns[PortColumn]),
                    IsSecure = Number(columns[SecureColumn]) > 0,
                    CheckPort = Number(columns[CheckPortColumn]),
                    IsChecked = (Number(columns[CheckStateColumn]) & CheckEnabledBit) != 0 && columns[CheckAddressColumn] == "-",
                    IsUp = Number(columns[OperationalColumn]) > 0,
                    IsInMaintenance = (Number(columns[AdministrativeColumn]) & MaintenanceBits) != 0,
                    IsInDrain = (Number(columns[AdministrativeColumn]) & DrainBits) != 0,
                    Weight = Number(columns[WeightColumn]),
                    Health = Number(columns[CheckHealthColumn]),
                    IsSeen = Number(columns[CheckStatusColumn]) > NotChecked,
                    HasPassed = result == PassedCheck ? true : result == FailedCheck ? false : null,
                };
            }
        }
    }

    /// <summary>The same for texts that differ in nothing but the seconds since each server's last change. SHA-256's first half.</summary>
    public static UInt128 Fingerprint(string text)
    {
        var rest = new char[text.Length + 1];
        var length = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var start = StartOf(line, LastChangeColumn);
            var end = StartOf(line, LastChangeColumn + 1);
            line[..start].CopyTo(rest.AsSpan(length));
            line[end..].CopyTo(rest.AsSpan(length + start));
            length += start + line.Length - end;
            rest[length++] = '\n';
        }

        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(MemoryMarshal.AsBytes(rest.AsSpan(0, length))));
    }

    /// <summary>
    /// A state file that makes a new process begin where the one before is: members that are up stay up, the others begin down. The port
    /// here wins over the configuration's (2.6), and so does whether TLS is spoken, so both must be the configuration's. A check is told
    /// when its result is another than the one here: that of a member that is well is written as the process will find it, that of one
    /// whose last check failed is not. A weight is taken if the configured one beside it is the configuration's.
    /// </summary>
    public static string Write(IEnumerable<(ServerState Server, PlannedProbe Probe)> servers)
    {
        var text = new StringBuilder(Header);
        foreach (var (server, probe) in servers)
        {
            var up = server.IsUp ? 1 : 0;
            var health = server.IsUp ? probe.Rise + probe.Fall - 1 : 0;
            var (status, result) = server.HasPassed == true
                ? (PassedStatus(probe.Protocol), PassedCheck)
                : (server.IsSeen ? Begun : NotChecked, 0);
            var configured = server.ConfiguredWeight ?? server.Weight;
            text.Append($"0 {server.Name.Pool} 0 {server.Name.Instance} {server.Address} {up * 2} 0 {server.Weight} {configured} 0 ")
                .Append($"{status} {result} {health} 6 0 0 0 - {server.Port} - {(server.IsSecure ? 1 : 0)} 0 - - 0\n");
        }

        return text.ToString();
    }

    /// <summary>The end of a line that has no such column.</summary>
    private static int StartOf(ReadOnlySpan<char> line, int column)
    {
        var start = 0;
        for (; column > 0; column--)
        {
            var blank = line[start..].IndexOf(' ');
            if (blank < 0)
            {
                return line.Length;
            }

            start += blank + 1;
        }

        return start;
    }

    private static int PassedStatus(ProbeProtocol protocol) => protocol switch
    {
        ProbeProtocol.Tcp => ConnectionPassed,
        ProbeProtocol.Ssl => HandshakePassed,
        _ => AnswerPassed,
    };

    private static int Number(string text) => int.TryParse(text, out var number) ? number : 0;
}
