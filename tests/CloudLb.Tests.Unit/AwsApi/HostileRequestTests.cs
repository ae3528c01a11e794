using System.Text;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Shapes;
using CloudLb.Elb.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Whatever is sent, there is an answer in AWS's form, and no exception escapes.</summary>
public sealed class HostileRequestTests(DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly string[] Fragments =
    [
        "Action", "Version", "Echo", "2012-06-01", "Text", "Times", "Names", "Names.member.1", "Names.member", "member.1", "Times.member.1",
        ".", "..",
        "LoadBalancerName", "LoadBalancerNames.member.1", "Listeners.member.1.Protocol", "Tags.member.1.Key", "HealthCheck",
        "HealthCheck.Target", "PageSize",
        "LoadBalancerAttributes.ConnectionSettings.IdleTimeout", "=", "&", "%", "%4", "%zz", "%00", "%FF", "%0A", "+", "-1", "2147483648",
        "true", "é", "\0", "<", "]]>",
    ];

    /// <summary>Pieces of real requests and of none, in any order.</summary>
    private static readonly Arbitrary<string> Forms = Gen.Elements(Fragments)
        .Or(Gen.Elements("=", "&"))
        .Or(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ListOf()
        .Select(string.Concat)
        .ToArbitrary();

    /// <summary>Which part of a signed request, where in it, and what stands there instead.</summary>
    private static readonly Arbitrary<(int Part, int Place, char Character)> Changes =
        (from part in Gen.Choose(0, 2)
         from place in Gen.Choose(0, 1000)
         from character in Gen.Elements("0aZ/=,; %&;\"'.-_~".ToCharArray())
         select (part, place, character)).ToArbitrary();

    /// <summary>One such call would take 50 MB.</summary>
    [Fact]
    public async Task Parameters_whose_names_have_more_parts_than_any_call_s_are_refused()
    {
        var deep = string.Concat(Enumerable.Range(0, 4_100).Select(number => $"&{number}.a.b.c.d.e.f.g.h.i.j.k.l.m.n"));
        var many = string.Concat(Enumerable.Range(1, 15_000).Select(number => $"&Other.member.{number}.Value=x"));

        var refused = await server.SendSignedAsync($"Action=Echo&Version=2012-06-01&Text=hello{deep}");
        var taken = await server.SendSignedAsync($"Action=Echo&Version=2012-06-01&Text=hello{many}");

        Assert.Equal((413, "RequestEntityTooLarge", 200), (refused.Status, refused.Code, taken.Status));
    }

    [Fact]
    public void Reading_any_parameters_ends_in_a_request_or_in_an_error_of_AWS_s() => Check.One(Runs, Prop.ForAll(Forms, form =>
    {
        try
        {
            var parameters = new List<KeyValuePair<string, string>>();
            ParameterParser.Parse(Encoding.UTF8.GetBytes(form), parameters);
            var root = ParameterNode.Root(parameters);
            Read<CreateLoadBalancerRequest>(root);
            Read<ModifyLoadBalancerAttributesRequest>(root);
            Read<AddTagsRequest>(root);
            Read<ConfigureHealthCheckRequest>(root);
        }
        catch (WireException exception)
        {
            Assert.InRange(exception.Error.HttpStatus, 400, 413);
        }
    }));

    [Fact]
    public void Any_signed_form_is_answered_in_AWS_s_form() => Check.One(Runs, Prop.ForAll(Forms, form =>
    {
        var answer = Wait(server.SendSignedAsync(form));

        Assert.Contains(answer.Status, new[] { 200, 400, 404, 409, 413 });
        Assert.Contains(answer.Xml.Name.LocalName, new[] { "EchoResponse", "ErrorResponse" });
    }));

    [Fact]
    public void A_form_that_starts_well_and_goes_on_badly_is_answered_in_AWS_s_form() => Check.One(Runs, Prop.ForAll(Forms, form =>
    {
        var answer = Wait(server.SendSignedAsync($"Action=Echo&Version=2012-06-01&Text=a&{form}"));

        Assert.Contains(answer.Status, new[] { 200, 400, 404, 409, 413 });
        Assert.NotNull(answer.Xml);
    }));

    [Fact]
    public void Any_authorization_header_is_refused_in_AWS_s_form() => Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var visible = string.Concat((text ?? "").Where(c => c is >= ' ' and < '\x7f'));
        var request = server.Post("Action=Echo&Version=2012-06-01");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", visible);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={visible}, SignedHeaders=host;{visible}, Signature={visible}");

        var answer = Wait(server.SendAsync(request));

        Assert.Contains(answer.Status, new[] { 400, 403 });
        Assert.Equal("ErrorResponse", answer.Xml.Name.LocalName);
    }));

    [Fact]
    public void A_signed_request_of_which_one_character_is_changed_is_refused() => Check.One(Runs, Prop.ForAll(Changes, change =>
    {
        var (part, place, character) = change;
        var request = server.Post("Action=Echo&Version=2012-06-01&Text=abcdefghij");
        server.Signer.SignAsync(request, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        var changed = false;
        switch (part)
        {
            case 0:
                request.Headers.TryGetValues("Authorization", out var authorization);
                var (text, scheme) = (authorization!.Single(), "AWS4-HMAC-SHA256 ".Length);
                var altered = Replaced(text, scheme + (place % (text.Length - scheme)), character);

                // What may stand between the parts of the header is not signed, and a blank or a comma more is none of AWS's business.
                changed = Squeezed(altered) != Squeezed(text);
                request.Headers.Remove("Authorization");
                request.Headers.TryAddWithoutValidation("Authorization", altered);
                break;
            case 1:
                request.Headers.TryGetValues("X-Amz-Date", out var date);
                var when = Replaced(date!.Single(), place % date!.Single().Length, character);
                changed = when != date!.Single();
                request.Headers.Remove("X-Amz-Date");
                request.Headers.TryAddWithoutValidation("X-Amz-Date", when);
                break;
            default:
                const string Body = "Action=Echo&Version=2012-06-01&Text=abcdefghij";
                var body = Replaced(Body, place % Body.Length, character);
                changed = body != Body;
                request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
                break;
        }

        var answer = Wait(server.SendAsync(request));

        Assert.True(!changed || answer.Status is 400 or 403 or 404, $"{part} {place} {character}: {answer.Status}");
    }));

    [Fact]
    public async Task No_hostile_authorization_is_accepted()
    {
        foreach (var authorization in HostileValues.Authorizations)
        {
            var request = server.Post("Action=Echo&Version=2012-06-01");
            request.Headers.TryAddWithoutValidation("X-Amz-Date", "20150830T123600Z");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

            var answer = await server.SendAsync(request);

            Assert.True(answer.Status is 400 or 403, $"{authorization}: {answer.Status}");
            Assert.Equal("ErrorResponse", answer.Xml.Name.LocalName);
        }
    }

    [Fact]
    public void Any_presigned_query_is_refused_in_AWS_s_form() => Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
    {
        var value = Uri.EscapeDataString(text ?? "");
        var query = $"?Action=Echo&Version={value}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={value}/20150830/us-east-1/" +
            $"elasticloadbalancing/aws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host;{value}&X-Amz-Signature={value}";

        var answer = Wait(server.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, query))));

        Assert.Contains(answer.Status, new[] { 400, 403 });
        Assert.Equal("ErrorResponse", answer.Xml.Name.LocalName);
    }));

    private static string Replaced(string text, int place, char character) => $"{text[..place]}{character}{text[(place + 1)..]}";

    private static string Squeezed(string header) =>
        header.Replace(" ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);

    private static void Read<TRequest>(ParameterNode root)
        where TRequest : IShape<TRequest>
    {
        try
        {
            ShapeReader.ReadRequest<TRequest>(root);
        }
        catch (WireException exception)
        {
            Assert.Contains(exception.Error.Code, new[] { "MalformedInput", "ValidationError" });
        }
    }

    /// <summary>FsCheck's properties are synchronous; the test's own thread waits.</summary>
    private static Answer Wait(Task<Answer> answer) => answer.GetAwaiter().GetResult();
}
