using System.Globalization;
using CloudLb.Cli.Control;
using CloudLb.Operator.Status;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>What goes on now.</summary>
internal sealed class WatchQuestion(TrafficReport report) : IControlQuestion
{
    private const int LongestTable = 10_000;

    public string Path => ControlPaths.Watch;

    public async Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) => await report.NowAsync(
        query[ControlPaths.Name], Number(query[ControlPaths.Rows]), Number(query[ControlPaths.CellRows]), cancellationToken);

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, LongestTable) : 0;
}
