using System.Text;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>The cases as the table of docs/desync.md.</summary>
internal static class DesyncTable
{
    public static string Text()
    {
        var text = new StringBuilder();
        foreach (var of in Enum.GetValues<DesyncClass>())
        {
            text.Append("\n### ").Append(of)
                .Append("\n\n| Request | monitor | defensive | strictest | Why not as at AWS | HAProxy 3.0 |\n|---|---|---|---|---|---|\n");
            foreach (var request in DesyncCases.All.Where(request => request.Class == of))
            {
                text.Append("| ").Append(Plain(request.Name))
                    .Append(" | ").Append(request.Monitor).Append(" | ").Append(request.Defensive).Append(" | ").Append(request.Strictest)
                    .Append(" | ")
                    .Append(request.Reason?.ToString() ?? "")
                    .Append(" | ")
                    .Append(request.IsRefusedByNewer ? "400" : "")
                    .Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Plain(string name) =>
        name.Replace("_", "\\_", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
