using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CloudLb.Tests.Clients.Fixtures;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// Sends requests as the AWS SDK for Go does (parameters sorted by name, <c>+</c> for a blank, <c>Name=</c> for an empty list), signed for
/// the service that is called, and keeps what was sent and answered as the steps of a fixture.
/// </summary>
internal sealed class GoSdk(Uri url, Account account, string userAgent)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, (string Version, string SigningName)> Services = new()
    {
        ["elb"] = ("2012-06-01", "elasticloadbalancing"),
        ["elbv2"] = ("2015-12-01", "elasticloadbalancing"),
        ["ec2"] = ("2016-11-15", "ec2"),
        ["iam"] = ("2010-05-08", "iam"),
        ["sts"] = ("2011-06-15", "sts"),
    };

    private readonly List<FixtureStep> _steps = [];
    private readonly Dictionary<string, string> _answered = [];
    private readonly FixtureIds _ids = new();

    /// <summary>The conversation so far; only in order when nothing was called at the same time.</summary>
    public IReadOnlyList<FixtureStep> Steps
    {
        get
        {
            lock (_steps)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>What the next steps are for, in a sentence.</summary>
    public string Purpose { get; set; } = "";

    /// <param name="call">The service and the action, as <c>elb:DescribeTags</c>.</param>
    /// <param name="parameters">An object with the request's members; null is left out.</param>
    /// <returns>The root of the answer.</returns>
    /// <exception cref="AwsError">Any answer but 200.</exception>
    public async Task<XElement> CallAsync(string call, object parameters, CancellationToken cancellationToken)
    {
        var (service, action) = (call.Split(':')[0], call.Split(':')[1]);
        var form = Form(service, action, parameters);
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        var answer = await new ElbApi(url, account, service: Services[service].SigningName).SendAsync(request, cancellationToken);
        Keep($"{Purpose}: {call}", form, answer);
        return answer.Status == 200
            ? XElement.Parse(answer.Body)
            : throw new AwsError(action, answer.Status, answer.Code!, answer.Message ?? "");
    }

    /// <summary>Calls again while the error is one that the client waits out.</summary>
    public async Task<XElement> RetryAsync(
        string call, object parameters, Func<AwsError, bool> isWaitedOut, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await CallAsync(call, parameters, cancellationToken);
            }
            catch (AwsError error) when (isWaitedOut(error) && TimeProvider.System.GetElapsedTime(until) < Patience)
            {
                await Task.Delay(Wait.Pause, cancellationToken);
            }
        }
    }

    /// <summary>A document that was answered to the same request before is not written again.</summary>
    private void Keep(string title, string form, ElbApi.Answer answer)
    {
        _ids.Learn(answer.Body);
        var text = _ids.PutInto(Placeholders.PutInto(answer.Body, account.Id));
        if (title.Contains(": elbv2:", StringComparison.Ordinal))
        {
            form = _ids.PutInto(form).Replace(account.Id, "{account}", StringComparison.Ordinal);
        }

        lock (_steps)
        {
            var isKnown = _answered.GetValueOrDefault(form) == text;
            _answered[form] = text;
            KeyValuePair<string, string>[] headers =
                [new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), new("User-Agent", userAgent)];
            _steps.Add(new()
            {
                Title = title,
                Headers = _steps.Count == 0 ? headers : headers[..1],
                Form = form,
                Status = answer.Status,
                Answer = isKnown ? "" : text,
            });
        }
    }

    private static string Form(string service, string action, object parameters)
    {
        var form =
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["Action"] = action, ["Version"] = Services[service].Version };
        Add(form, "", JsonSerializer.SerializeToNode(parameters), service == "ec2" ? "" : "member.");
        return string.Join('&', form.Select(parameter => $"{Escape(parameter.Key)}={Escape(parameter.Value)}"));
    }

    private static void Add(SortedDictionary<string, string> form, string name, JsonNode? value, string item)
    {
        switch (value)
        {
            case null:
                break;
            case JsonArray { Count: 0 } when item.Length > 0:
                form[name] = "";
                break;
            case JsonArray list:
                for (var place = 1; place <= list.Count; place++)
                {
                    Add(form, $"{name}.{item}{place}", list[place - 1], item);
                }

                break;
            case JsonObject structure:
                structure.ToList().ForEach(member => Add(form, name.Length == 0 ? member.Key : $"{name}.{member.Key}", member.Value, item));
                break;
            default:
                form[name] = value.ToString();
                break;
        }
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
