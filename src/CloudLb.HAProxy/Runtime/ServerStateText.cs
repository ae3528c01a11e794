using System.Net;
using System.Text;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Runtime;

/// <summary>The text of <c>show servers state</c> and of the state file, which is the same: version 1, from 2.6 to 3.4.</summary>
internal static class ServerStateText
{
    private const string Header = """
        1
        # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port

        """;

    private const int BackendColumn = 1, ServerColumn = 3, AddressColumn = 4, OperationalColumn = 5, AdministrativeColumn = 6, WeightColumn = 7;
    private const int CheckStatusColumn = 10, CheckResultColumn = 11, CheckHealthColumn = 12, CheckStateColumn = 13, PortColumn = 18,
        SecureColumn = 20, CheckPortColumn = 21, CheckAddressColumn = 22;

    // Forced, by inheritance from a tracked server, and by the file.
    private const int MaintenanceBits = 0x01 | 0x02 | 0x04;
    private const int DrainBits = 0x08 | 0x10;
    private const int CheckEnabledBit = 0x04;
    private const int NotChecked = 1, Connected = 2, Passed = 6;
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

    /// <summary>
    /// A state file that makes a new process begin where the one before is: members that are up stay up, the others begin down. The port here wins
    /// over the configuration's (2.6), and so does whether TLS is spoken, so both must be the configuration's.
    /// </summary>
    public static string Write(IEnumerable<(ServerState Server, int Rise, int Fall)> servers)
    {
        var text = new StringBuilder(Header);
        foreach (var (server, rise, fall) in servers)
        {
            var up = server.IsUp ? 1 : 0;
            var health = server.IsUp ? rise + fall - 1 : 0;
            var (status, result) = server.IsUp ? (Passed, PassedCheck) : (server.IsSeen ? Connected : NotChecked, 0);
            text.Append($"0 {server.Name.Pool} 0 {server.Name.Instance} {server.Address} {up * 2} 0 {server.Weight} {server.Weight} 0 ")
                .Append($"{status} {result} {health} 6 0 0 0 - {server.Port} - {(server.IsSecure ? 1 : 0)} 0 - - 0\n");
        }

        return text.ToString();
    }

    private static int Number(string text) => int.TryParse(text, out var number) ? number : 0;
}
